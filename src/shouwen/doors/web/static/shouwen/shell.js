/* The shell's behaviour: keys, menus, one sending of a form, focus, toasts, copying. No page needs it
   to be read; forms and links work without it. */
(() => {
  "use strict";
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const say = document.documentElement.lang.startsWith("en")
    ? { copied: "Copied", busy: "Sending…", failed: "The server did not answer. What you typed is kept; please try again." }
    : { copied: "已复制", busy: "正在提交…", failed: "服务器没有回应，填写的内容还在，请再试一次。" };

  /* Keys */
  let goesTo = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest("form");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.key === "Escape") { closeMenus(null); typing(event.target)?.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (Date.now() - goesTo < 1500) {
      goesTo = 0;
      const link = document.querySelector(`[data-quick="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") { goesTo = Date.now(); return; }
    if (event.key === "/") { event.preventDefault(); document.getElementById("search-words")?.select(); }
    else if (event.key === "?") { event.preventDefault(); showKeys(); }
    else if (event.key === "j" || event.key === "k") { walk(event.key === "j" ? 1 : -1); }
    else if (event.key === "Enter") { document.querySelector(".is-at a[href]")?.click(); }
    else {
      const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (pressed) { event.preventDefault(); pressed.click(); }
    }
  });

  const showKeys = () => document.getElementById("keys")?.showModal();

  /* j and k walk the lines of the page's list. */
  let stands = ""; /* what the line leads to, so that a list that renewed itself finds it again */
  const walk = (way) => {
    const lines = [...document.querySelectorAll("[data-line], .paper-table tbody tr")];
    if (!lines.length) return;
    const now = lines.findIndex((line) => line.classList.contains("is-at"));
    const next = Math.min(lines.length - 1, Math.max(0, now + way));
    lines[now]?.classList.remove("is-at");
    lines[next].classList.add("is-at");
    lines[next].scrollIntoView({ block: "nearest" });
    stands = lines[next].querySelector("a[href]")?.getAttribute("href") || "";
  };
  document.addEventListener("htmx:after:swap", () => {
    if (!stands || document.querySelector(".is-at")) return;
    const link = document.querySelector(`:is([data-line], .paper-table tbody tr) a[href="${CSS.escape(stands)}"]`);
    link?.closest("[data-line], tr").classList.add("is-at");
  });

  /* Menus and the sidebar of a phone */
  const closeMenus = (but) => {
    document.querySelectorAll("details[data-menu][open], details.confirm[open]").forEach((menu) => {
      if (menu !== but) menu.open = false;
    });
    if (but === null) openSide(false);
  };
  const openSide = (open) => {
    const side = document.getElementById("side");
    if (!side) return;
    side.classList.toggle("is-open", open);
    document.querySelector("[data-side]")?.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("a")?.focus();
  };
  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details[data-menu], details.confirm"));
    if (target.closest("[data-side]")) openSide(!document.getElementById("side").classList.contains("is-open"));
    else if (!target.closest("#side")) openSide(false);
    if (target.closest("[data-keys]")) showKeys();
    const fill = target.closest("[data-fill]"); /* the hand comes along to what is to be written */
    if (fill) {
      const field = document.querySelector(`${fill.hash} :is(textarea, input:not([type=hidden]), select, button)`);
      if (field) setTimeout(() => field.focus());
    }
    if (target.closest("[data-confirm-close]")) target.closest("details").open = false;
    target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
    const copy = target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => toast(say.copied));
  });

  /* Filters apply at once. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form && event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
  });

  /* What was typed before the scripts were there is looked up as well; htmx begins in a timer. */
  window.addEventListener("load", () => setTimeout(() => {
    document.querySelectorAll("input[hx-trigger^=input]").forEach((input) => {
      if (input.value !== input.defaultValue) input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }));

  /* A form is sent once; the server would answer twice the same, but people should see it. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    setTimeout(() => {
      form.querySelectorAll("button:not([type=button])").forEach((one) => { one.disabled = true; });
      if (button) { button.dataset.busy = button.textContent.trim(); button.setAttribute("aria-label", say.busy); }
    });
  });
  const release = (root) => root.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button:disabled").forEach((one) => {
      if ("busy" in one.dataset) { one.removeAttribute("aria-label"); delete one.dataset.busy; }
      one.disabled = false;
    });
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) release(document); });

  /* Focus goes where the work is: the first wrong field, or a refusal. */
  const attend = (root) => {
    const wrong = root.querySelector("[aria-invalid=true]");
    const refusal = root.querySelector(".refusal, .form-errors");
    if (refusal && !refusal.hasAttribute("tabindex")) refusal.tabIndex = -1;
    (wrong || refusal)?.focus({ preventScroll: false });
    if (!wrong && refusal) refusal.scrollIntoView({ block: "center" });
  };

  /* Toasts leave by themselves; errors stay until they are read. */
  const toast = (words, kind = "success") => {
    const line = document.createElement("div");
    line.className = `toast-line toast-${kind}`;
    line.dataset.toast = "";
    line.append(Object.assign(document.createElement("i"), { className: kind === "error" ? "ti ti-alert-triangle" : "ti ti-check" }), Object.assign(document.createElement("span"), { textContent: words }));
    document.getElementById("toasts")?.append(line);
    fade(line);
  };
  const fade = (line) => { if (!line.matches(".toast-error")) setTimeout(() => line.remove(), 6000); };

  /* Only an act may move the focus; a list that renews itself leaves it where it is. */
  document.addEventListener("htmx:after:swap", (event) => {
    const context = event.detail?.ctx;
    if (!context || context.request.method === "GET") return;
    release(context.sourceElement.closest("form")?.parentElement || document);
    const target = typeof context.target === "string" ? document.querySelector(context.target) : context.target;
    if (target) attend(target);
  });
  document.addEventListener("htmx:error", () => { release(document); toast(say.failed, "error"); });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-toast]").forEach(fade);
    attend(document);
  });
})();
