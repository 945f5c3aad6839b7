// Keeps the shortlist in the browser, so that it need not travel from page to page in addresses. Without it, all of it works by links.

const key = "shortlist";
const most = 25;

const stored = (): readonly string[] => {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string" && /^\w{10,40}$/.test(id)) : [];
  } catch {
    return [];
  }
};

const store = (ids: readonly string[]): void => {
  try {
    localStorage.setItem(key, JSON.stringify([...new Set(ids)].slice(0, most)));
  } catch {
    // A browser that keeps nothing: the list is still in the address.
  }
  tell();
};

const addressOf = (base: string, ids: readonly string[]) => `${base}?ids=${encodeURIComponent(ids.join(","))}`;

/** How many there are, in the navigation, and where they are. */
function tell(): void {
  const ids = stored();
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-shortlist-link]")) {
    const { shortlistLink = "/shortlist", name = "" } = link.dataset;
    link.href = ids.length === 0 ? shortlistLink : addressOf(shortlistLink, ids);
    const text = link.querySelector("strong") ?? link;
    text.textContent = ids.length === 0 ? name : `${name} (${ids.length})`;
  }
}

/** A button that adds, and takes away what was added. */
function keepHere(button: HTMLButtonElement): void {
  const { value: id } = button;
  const { shortlist: add = "", remove = "" } = button.dataset;
  const show = (): void => {
    const text = button.querySelector("span");
    if (text !== null) text.textContent = stored().includes(id) ? remove : add;
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const ids = stored();
    store(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
    show();
  });
  // In another tab, or on a page that was left and is come back to.
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  show();
}

function shown(selector: string, act: (button: HTMLButtonElement) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(selector)) {
    button.parentElement?.removeAttribute("hidden");
    button.addEventListener("click", () => act(button));
  }
}

function say(text: string): void {
  const place = document.querySelector("[data-shortlist-said]");
  if (place !== null) place.textContent = text;
}

const page = document.querySelector<HTMLElement>("[data-shortlist-page]");
const empty = document.querySelector<HTMLElement>("[data-shortlist-empty]");

if (empty !== null && stored().length > 0) {
  location.replace(addressOf(empty.dataset["shortlistEmpty"] ?? "/shortlist", stored()));
}
tell();
addEventListener("storage", tell);
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-shortlist]")) {
  if (page === null) keepHere(button);
  // On its own page the list is in the address, which the button changes.
  else button.addEventListener("click", () => store(stored().filter((id) => id !== button.value)));
}
shown("[data-print]", () => print());
shown("[data-copy]", (button) => {
  void navigator.clipboard.writeText(button.dataset["copy"] ?? "").then(() => {
    button.textContent = button.dataset["copied"] ?? "";
    say(button.textContent);
  });
});
if (page !== null) {
  const here = (page.dataset["shortlistPage"] ?? "").split(",");
  // What somebody else sent is not taken for one's own.
  if (here.some((id) => !stored().includes(id))) {
    shown("[data-shortlist-keep]", (button) => {
      store([...stored(), ...here]);
      button.textContent = button.dataset["shortlistKeep"] ?? "";
      say(button.textContent);
    });
  }
}
