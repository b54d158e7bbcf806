/* Rows of a table value: add one, drop one. Without this file "add a row" asks the server. */
(() => {
  "use strict";
  const editor = document.querySelector("[data-rows]");
  if (!editor) return;
  const lines = () => [...editor.querySelectorAll("[data-row]")];
  const inputs = (line) => [...line.querySelectorAll("input, select, textarea")];
  const show = () => editor.querySelectorAll("[data-drop-row]").forEach((one) => { one.hidden = false; });

  document.querySelector("[data-add-row]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const last = lines().at(-1);
    const next = last.cloneNode(true);
    next.querySelectorAll(".field-error").forEach((one) => one.remove());
    next.querySelectorAll(".is-wrong").forEach((one) => one.classList.remove("is-wrong"));
    const number = Math.max(...lines().map((line) => Number(inputs(line)[0].name.split(".")[1]))) + 1;
    inputs(next).forEach((input) => {
      input.name = input.name.replace(/\.\d+\./, `.${number}.`);
      input.id = `id_${input.name}`;
      input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    last.after(next);
    inputs(next)[0].focus();
  });
  editor.addEventListener("click", (event) => {
    const line = event.target.closest("[data-drop-row]") && event.target.closest("[data-row]");
    if (!line) return;
    if (lines().length > 1) line.remove();
    else inputs(line).forEach((input) => { input.value = ""; });
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  });
  show();
})();
