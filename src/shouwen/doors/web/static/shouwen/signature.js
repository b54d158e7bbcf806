/* A signature drawn with finger, pen or mouse: shown where the browser can draw, sent as PNG text.
   Without scripts, or without a stroke, the name below stands for it. */
(() => {
  "use strict";
  document.querySelectorAll("form[data-signature]").forEach((form) => {
    const pad = form.querySelector(".signature-pad");
    const canvas = pad && pad.querySelector("canvas");
    const ink = canvas && canvas.getContext && canvas.getContext("2d");
    if (!ink || !window.PointerEvent) return;
    pad.hidden = false;
    let drawn = false;
    let last = null;
    const blank = () => {
      ink.fillStyle = "#fff";
      ink.fillRect(0, 0, canvas.width, canvas.height);
      ink.strokeStyle = "#111";
      ink.lineWidth = 3;
      ink.lineCap = ink.lineJoin = "round";
      drawn = false;
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = place(event);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const next = place(event);
      ink.beginPath();
      ink.moveTo(...last);
      ink.lineTo(...next);
      ink.stroke();
      last = next;
      drawn = true;
    });
    ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { last = null; }));
    pad.querySelector("[data-clear]").addEventListener("click", blank);
    form.addEventListener("submit", () => {
      form.elements.picture.value = drawn ? canvas.toDataURL("image/png") : "";
    });
    blank();
  });
})();
