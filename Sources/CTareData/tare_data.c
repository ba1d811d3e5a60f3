#include "tare_data.h"

// #embed (C23) costs nothing at build time; an array literal of the same bytes costs the Swift compiler seconds.
static const unsigned char published[] = {
#embed "data/published.csv"
};
static const unsigned char ec2_instance_types[] = {
#embed "data/ec2-instance-types.csv"
};
static const unsigned char host_topology[] = {
#embed "data/host-topology.csv"
};
static const unsigned char weighings[] = {
#embed "data/weighings.json"
};

tare_data_file tare_data_published(void) {
    return (tare_data_file){published, sizeof published};
}

tare_data_file tare_data_ec2_instance_types(void) {
    return (tare_data_file){ec2_instance_types, sizeof ec2_instance_types};
}

tare_data_file tare_data_host_topology(void) {
    return (tare_data_file){host_topology, sizeof host_topology};
}

tare_data_file tare_data_weighings(void) {
    return (tare_data_file){weighings, sizeof weighings};
}
