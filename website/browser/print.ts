// Shows the button that prints a page: without JavaScript there would be nothing behind it.

for (const item of document.querySelectorAll<HTMLElement>("[data-print]")) {
  item.querySelector("button")?.addEventListener("click", () => print());
  item.hidden = false;
}
