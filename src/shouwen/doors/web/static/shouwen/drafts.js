/* Drafts save themselves: what is typed into a form with data-draft="key" is kept in this browser for
   this person, offered again when the page opens, and dropped once the form was taken. Passwords,
   files and tokens are never kept. */
(() => {
  "use strict";
  const person = document.body.dataset.person || "0";
  const english = document.documentElement.lang.startsWith("en");
  const name = (form) => `draft:${person}:${form.dataset.draft}`;
  const kept = (input) => input.name && !["password", "file", "hidden", "submit", "button"].includes(input.type);
  const read = (form) => [...form.elements].filter(kept).map((input) =>
    [input.name, input.value, input.type === "checkbox" || input.type === "radio" ? input.checked : null]);

  const save = (form) => {
    const values = read(form);
    const text = JSON.stringify({ at: Date.now(), values });
    try {
      if (JSON.stringify(values) === form.dataset.fresh) localStorage.removeItem(name(form));
      else localStorage.setItem(name(form), text);
    } catch { /* a full store loses the draft, never the page */ }
  };
  const load = (form) => {
    try { return JSON.parse(localStorage.getItem(name(form)) || "null"); } catch { return null; }
  };
  const restore = (form, draft) => {
    const left = draft.values.slice();
    [...form.elements].filter(kept).forEach((input) => {
      const at = left.findIndex(([field, value, checked]) => field === input.name && (checked === null || value === input.value));
      if (at < 0) return;
      const [, value, checked] = left.splice(at, 1)[0];
      if (input.tomselect) input.tomselect.setValue(value, true);
      else if (checked === null) input.value = value;
      else input.checked = checked;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  const offer = (form, draft) => {
    const line = document.createElement("div");
    line.className = "draft-line";
    const words = document.createElement("span");
    const at = new Date(draft.at).toLocaleString(document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
    words.textContent = english ? `There is a draft of ${at}, not sent.` : `有一份 ${at} 的草稿没有提交。`;
    const take = button(english ? "Restore" : "恢复草稿", () => { restore(form, draft); line.remove(); });
    const drop = button(english ? "Discard" : "不要了", () => { localStorage.removeItem(name(form)); line.remove(); });
    line.append(words, take, drop);
    form.prepend(line);
  };
  const button = (text, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "btn btn-sm";
    one.textContent = text;
    one.addEventListener("click", act);
    return one;
  };

  const begin = (form) => {
    if (form.dataset.fresh) return;
    form.dataset.fresh = JSON.stringify(read(form));
    const draft = load(form);
    const wrong = form.querySelector("[aria-invalid=true]");
    if (draft && !wrong && JSON.stringify(draft.values) !== form.dataset.fresh) offer(form, draft);
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => save(form), 500); });
    form.addEventListener("submit", () => { clearTimeout(waiting); save(form); sessionStorage.setItem("sent-draft", name(form)); });
  };

  /* A form that was taken leads to another page without errors: then its draft is done with. */
  const finish = () => {
    const sent = sessionStorage.getItem("sent-draft");
    if (!sent) return;
    sessionStorage.removeItem("sent-draft");
    const refused = document.querySelector("[aria-invalid=true], .refusal, .form-errors, [data-keep-draft]");
    if (!refused) localStorage.removeItem(sent);
  };
  document.addEventListener("DOMContentLoaded", () => {
    finish();
    document.querySelectorAll("form[data-draft]").forEach(begin);
  });
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("form[data-draft]").forEach(begin));
})();
