#include "tare_guest.h"

static const unsigned char plugin[] = {
#embed "programs/plugin.c.in"
};
static const unsigned char init[] = {
#embed "programs/init.c.in"
};
static const unsigned char nodes[] = {
#embed "programs/nodes.c.in"
};

tare_guest_source tare_guest_plugin(void) {
    return (tare_guest_source){plugin, sizeof plugin};
}

tare_guest_source tare_guest_init(void) {
    return (tare_guest_source){init, sizeof init};
}

tare_guest_source tare_guest_nodes(void) {
    return (tare_guest_source){nodes, sizeof nodes};
}
