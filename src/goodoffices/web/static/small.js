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

// A figure wider than the screen opens at the day looked at, and one of years at the last; without this script at the first.
for (const frame of document.querySelectorAll(".tl-scroll")) {
  const hidden = frame.scrollWidth - frame.clientWidth;
  if (hidden < 8) continue;
  const newest = frame.classList.contains("newest");
  const day = newest ? null : frame.querySelector(".asofl");
  if (!day && !newest) continue;
  const left = frame.getBoundingClientRect().left;
  const at = day ? day.getBoundingClientRect().left - left - frame.clientWidth * 0.7 : hidden;
  frame.scrollLeft = Math.max(0, Math.min(at, hidden));
}
