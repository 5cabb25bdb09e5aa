// Buttons that copy a citation. Without this script they stay hidden, and one click on the text selects all of it.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim().replace(/[ \t]+/g, " "));
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 2000);
    } catch {
      getSelection().selectAllChildren(text);
    }
  });
}
