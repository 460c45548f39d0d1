// What every page shares. Each face has a script of its own; without any of them the pages still work.
"use strict";
