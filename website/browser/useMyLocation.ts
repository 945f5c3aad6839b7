// Offers to fill in where somebody is. It asks when it is pressed and not before, keeps nothing, and sends nothing: that is the form's to do.

/** Three decimals of a degree are about a hundred metres: near enough to find what is near, and not a front door. */
const decimals = 3;
const patienceMs = 15_000;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-search-box]")) {
  if (isSecureContext && "geolocation" in navigator) offer(form);
}

function offer(form: HTMLFormElement): void {
  const field = form.elements.namedItem("where");
  if (!(field instanceof HTMLInputElement)) return;
  const text = (name: string) => form.dataset[`text${name}`] ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-location";
  button.textContent = text("UseLocation");
  const status = document.createElement("p");
  status.className = "govuk-body-s app-location__status";
  status.setAttribute("role", "status");
  field.before(button);
  form.append(status);

  button.addEventListener("click", () => {
    status.textContent = text("Asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // Not the field that was there at first: completing it puts another in its place.
        const where = form.elements.namedItem("where");
        if (!(where instanceof HTMLInputElement)) return;
        where.value = `${coords.latitude.toFixed(decimals)},${coords.longitude.toFixed(decimals)}`;
        status.textContent = text("Found");
      },
      ({ code }) => {
        status.textContent = text(code === GeolocationPositionError.PERMISSION_DENIED ? "Refused" : "NotFound");
      },
      { maximumAge: 60_000, timeout: patienceMs },
    );
  });
}
