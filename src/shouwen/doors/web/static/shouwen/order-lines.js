/* One more line for an order; without this script the page offers some empty ones. */
(() => {
  "use strict";
  const lines = document.querySelector("[data-lines]");
  const blank = document.querySelector("[data-line-template]");
  const button = document.querySelector("[data-add-line]");
  if (!lines || !blank || !button) return;
  const total = document.getElementById(`id_${lines.dataset.prefix}-TOTAL_FORMS`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const number = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", String(number));
    const line = holder.firstElementChild;
    lines.append(line);
    total.value = String(number + 1);
    window.htmx?.process(line);
    line.querySelector("input:not([type=hidden])")?.focus();
  });
})();
