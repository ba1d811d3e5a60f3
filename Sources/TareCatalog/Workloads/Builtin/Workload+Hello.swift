extension Workload {
    /// A static C program that prints one line and ends: the lower bound of what a service can weigh.
    ///
    /// It needs no runtime at all, so nearly everything beside it is operating system.
    public static let hello = Workload(
        id: "hello",
        title: "Static C program",
        buildPackages: ["gcc", "libc6-dev"],
        files: [
            WorkloadFile(
                path: "/build/hello.c",
                text: """
                    #include <stdio.h>

                    int main(void) {
                        puts("hello from tare");
                        return 0;
                    }

                    """
            )
        ],
        buildCommands: [
            "mkdir -p /build/out/usr/local/bin",
            "gcc -O2 -static -s -o /build/out/usr/local/bin/hello /build/hello.c",
        ],
        command: ["/usr/local/bin/hello"],
        readiness: .output("hello from tare")
    )
}
