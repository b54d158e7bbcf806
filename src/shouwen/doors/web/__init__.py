"""The screens. One folder a room: `urls.py`, `views.py`, `forms.py`, `nav.py`, `routes.py`.

How a room is built:
- `urls.py` has `app_name` and is included by one line in `config/urls.py`;
- `nav.py` registers its entry in the sidebar (`shell.room`), `routes.py` its rows of the access
  table (`access.Route`); both are found by themselves;
- a view is gate, verb, answer: get the record through its gate, call one verb, answer.
  `request.person` acts. Set `request.about = record` so that a refusal is journalled on its
  timeline;
- a verb's `Refused` need not be caught: the middleware answers with the clause. A form that wants
  it at its fields writes `with at_fields(request, form): verb(…); return redirect(…)` and goes on
  to show the form again with `status=422`. Where the fields are the verb's own words this is
  `if carried_out(request, form, verb, record): return redirect(…)`;
- a page extends `web/base.html` (blocks `title`, `crumbs`, `heading`, `subtitle`, `actions`,
  `content`, `scripts`); `actions` holds the one primary act, top right, below on a phone;
- a form is a `forms.PaperForm`: `<form method="post" data-draft="key">{% csrf_token %}{% once %}
  {{ form }}<div class="form-foot"><button class="btn btn-primary">…`. With `{% once %}` a second
  sending gets the first answer; with `data-draft` what is typed is kept in the browser;
- a list is a `tables.Table` drawn by `{% table table %}`, its pages `paging.page_of(rows, request,
  order=("-accepted_at", "-id"))` with `{% include "web/_pager.html" %}`;
- parts are `templates/web/_*.html`, each with a comment saying what it takes; tags of every
  template: `{% due d %}` `{% clause "R4-24" %}` `{% person p %}` `{% seal name at=moment %}`
  `{% icon "x" %}`
  `{% card "title" clause="R4-24" %}…{% endcard %}` `{{ cents|money }}` `{{ cents|capitals }}`
  `{{ moment|moment }}` `{{ day|day }}` `{{ words|words }}` `{% query page=2 %}`;
- states (`late soon today later done paused now off void draft broken`) are shown by
  `{% badge state word %}` with a word: never colour alone;
- no inline scripts and no `hx-on`: the content policy forbids them. Alpine is the CSP build.
"""
