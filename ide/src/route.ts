import { useSyncExternalStore } from "react";

/** Where in the IDE one is, as the address has it: `#/workshop/tasks/add-group`. */
export interface Route {
  readonly tab: "workshop" | "editor";
  readonly section: string;
  readonly task: string;
}

function routeOf(hash: string): Route {
  const [, tab = "", section = "", task = ""] = hash.split("/");
  return { tab: tab === "editor" ? "editor" : "workshop", section, task: section === "tasks" ? task : "" };
}

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

/** Where in the IDE one is, now and whenever that changes. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.hash));
}

/** The address of a part of the workshop: in the page of its own, or in the panel beside the editor. */
export const addressOf = (tab: Route["tab"], part: string) => `#/${[tab, part].filter(Boolean).join("/")}`;
