// <button data-take-over="field" data-value="…" hidden>: puts a ready text in a field of the same form. What one
// wrote stays: a text goes below it; a short field gets the value.
(function () {
  "use strict";
  document.querySelectorAll("button[data-take-over]").forEach((button) => {
    const field = button.form && button.form.elements.namedItem(button.dataset.takeOver);
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const value = button.dataset.value;
      field.focus();
      if (field.tagName !== "TEXTAREA") field.select();
      else field.setSelectionRange(field.value.length, field.value.length);
      const before = field.tagName === "TEXTAREA" && field.value.trim() ? "\n\n" : "";
      if (!document.execCommand("insertText", false, before + value)) {
        field.value = field.tagName === "TEXTAREA" ? field.value + before + value : value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  });
})();
