#pragma once
#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
