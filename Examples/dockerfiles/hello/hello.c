#include <stdio.h>

int main(void) {
    puts("hello from tare");
    return 0;
}
