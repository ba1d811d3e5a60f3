// The catalogue's data files, put into the program by the compiler, so that the binary needs no file beside it.
#pragma once
#include <stddef.h>

/// One embedded file: its bytes (not terminated by a zero) and their count.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} tare_data_file;

tare_data_file tare_data_published(void);
tare_data_file tare_data_ec2_instance_types(void);
tare_data_file tare_data_host_topology(void);
tare_data_file tare_data_weighings(void);
