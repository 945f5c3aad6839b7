import { useEffect, useRef } from "react";
import { useDesk } from "../desk.tsx";
import { TaskForm } from "../form/TaskForm.tsx";
import { tasks } from "../form/tasks.ts";
import { addressOf, useRoute } from "../route.ts";
import { Around } from "./Around.tsx";
import { Changes } from "./Changes.tsx";
import { Choose } from "./Choose.tsx";
import { proposalsOf } from "./proposalsOf.ts";
import { Review } from "./Review.tsx";

const sections = [
  { id: "", title: "Workshop" },
  { id: "tasks", title: "Add and change" },
  { id: "around", title: "Around an asset" },
  { id: "review", title: "Review" },
  { id: "changes", title: "Changes" },
] as const;

/** Everything that a workshop is done with, without any GraphQL: as a page, and as a panel beside the editor. */
export function WorkshopView() {
  const route = useRoute();
  const { workshop, board, problem } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  const task = tasks.find(({ id }) => id === route.task);
  const section = sections.find(({ id }) => id === route.section) ?? sections[0];
  const title = task?.title ?? section.title;

  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [route.section, route.task]);

  const count = proposalsOf(board).length;
  return (
    <div className="workshop">
      <nav aria-label="Workshop">
        <ul className="sections">
          {sections.map(({ id, title: name }) => (
            <li key={id}>
              <a href={addressOf(route.tab, id)} aria-current={id === section.id ? "page" : undefined}>
                {name}
                {id === "review" && count > 0 && ` (${count})`}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {workshop !== null && section.id !== "" && (
        <p className="note">
          In “{workshop.name}”{workshop.open ? "" : ", which is closed"}
        </p>
      )}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <h2 tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {section.id === "" && <Choose />}
      {section.id === "tasks" && task === undefined && (
        <ul className="tasks">
          {tasks.map(({ id, title: name, lead }) => (
            <li key={id}>
              <a href={addressOf(route.tab, `tasks/${id}`)}>{name}</a>
              <span className="note"> {lead}</span>
            </li>
          ))}
        </ul>
      )}
      {task !== undefined && (
        <>
          <p>
            <a href={addressOf(route.tab, "tasks")}>All there is to do</a>
          </p>
          <TaskForm key={task.id} task={task} />
        </>
      )}
      {section.id === "around" && <Around />}
      {section.id === "review" && <Review />}
      {section.id === "changes" && <Changes />}
    </div>
  );
}
