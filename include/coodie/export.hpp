#pragma once

/// Marks what the shared library exports; everything else is hidden.
#define COODIE_API [[gnu::visibility("default")]]
