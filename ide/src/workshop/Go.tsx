import type { ReactNode } from "react";
import { addressOf, useRoute } from "../route.ts";

/** A link to a part of the workshop, which stays where one is: in the page, or in the panel beside the editor. */
export function Go({
  to,
  onGo,
  children,
}: {
  readonly to: string;
  readonly onGo?: () => void;
  readonly children: ReactNode;
}) {
  const { tab } = useRoute();
  return (
    <a href={addressOf(tab, to)} onClick={onGo}>
      {children}
    </a>
  );
}
