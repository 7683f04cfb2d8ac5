/** What scripts add to a page that is complete without them. */

import { offerListening } from "./listen.js";
import { keepSection } from "./section.js";

keepSection();
offerListening();
document.documentElement.dataset.scripts = "ready";
