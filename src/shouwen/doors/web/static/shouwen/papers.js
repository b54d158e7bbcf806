/* Forms of papers: rows of tables, blanks that are asked for only sometimes, searchable pickers. */
(() => {
  "use strict";

  /* Rows */
  const addRow = (form, name) => {
    const table = form.querySelector(`[data-lines="${CSS.escape(name)}"]`);
    const blank = form.querySelector(`template[data-row="${CSS.escape(name)}"]`);
    if (!table || !blank) return;
    const taken = [...table.querySelectorAll("[name]")].map((one) => Number(one.name.split(".")[1]));
    const index = Math.max(-1, ...taken.filter(Number.isInteger)) + 1;
    const row = blank.content.cloneNode(true);
    row.querySelectorAll("[name], [id]").forEach((one) => {
      if (one.name) one.name = one.name.replace(".__.", `.${index}.`);
      if (one.id) one.id = one.id.replace("-__-", `-${index}-`);
    });
    table.tBodies[0].append(row);
    const added = table.tBodies[0].lastElementChild;
    dress(added);
    added.querySelector("input, select, textarea")?.focus();
  };

  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    if (add) { addRow(add.form, add.dataset.addRow); return; }
    const remove = event.target.closest("[data-remove-row]");
    if (remove) {
      const row = remove.closest("tr");
      const table = row.closest("table");
      row.remove();
      /* The rows keep a gap-free count, so that none after the gap is lost. */
      [...table.tBodies[0].rows].forEach((one, index) => {
        one.querySelectorAll("[name]").forEach((cell) => { cell.name = cell.name.replace(/\.\d+\./, `.${index}.`); });
      });
      return;
    }
    event.target.closest("[data-remove-file]")?.closest("li")?.remove();
  });

  /* Blanks that are asked for only when others say so */
  const valueOf = (form, name) => {
    const found = form.elements.namedItem(name);
    if (!found) return "";
    if (found.type === "checkbox") return String(found.checked);
    return found.value;
  };
  const isAsked = (form, rule) => rule.split(";").every((part) => {
    const [name, values] = part.split("=");
    const value = valueOf(form, name);
    return values.split("|").some((one) => one === "any" ? value !== "" && value !== "false" : one === "unset" ? value === "" || value === "false" : one === value);
  });
  const judge = (form) => {
    form.querySelectorAll("[data-asked-if]").forEach((field) => { field.hidden = !isAsked(form, field.dataset.askedIf); });
  };
  document.addEventListener("change", (event) => { if (event.target.form) judge(event.target.form); });

  /* Pickers */
  const dress = (root) => {
    if (!window.TomSelect) return;
    root.querySelectorAll("select[data-pick]").forEach((select) => {
      if (select.tomselect || select.closest("template")) return;
      /* No wait after a key: Enter would take from the list before, and the list would open once more
         over the next blank and catch what is typed there. */
      const picker = new window.TomSelect(select, { maxOptions: 500, dropdownParent: "body", refreshThrottle: 0 });
      /* The list behind the picker is not for people any more: what is said of it moves in front. */
      ["aria-invalid", "aria-describedby"].forEach((name) => {
        if (select.hasAttribute(name)) picker.control_input.setAttribute(name, select.getAttribute(name));
        select.removeAttribute(name);
      });
      select.setAttribute("aria-hidden", "true");
    });
  };
  const start = () => {
    document.querySelectorAll("form").forEach(judge);
    dress(document);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
  document.addEventListener("htmx:after:swap", start);
  document.addEventListener("htmx:afterSwap", start);
})();
