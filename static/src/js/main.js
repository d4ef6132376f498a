// Improves pages that work without it: every control below is plain HTML first.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  createAll,
} from "govuk-frontend";

import { startReveals } from "./reveal.js";
import { startSharing } from "./sharing.js";

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount);
createAll(ErrorSummary);
createAll(FileUpload);
createAll(NotificationBanner);
createAll(PasswordInput);
createAll(SkipLink);
startReveals();
startSharing();
