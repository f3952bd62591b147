/* The real clock and the system's entropy. */
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "core/base/world.h"

extern struct world real_world;

#endif
