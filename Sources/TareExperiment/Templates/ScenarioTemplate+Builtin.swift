extension ScenarioTemplate {
    static let quick = ScenarioTemplate(
        name: "quick",
        summary: "the same small web service as 1 and 10 VMs and containers",
        text: """
            # The same small web service as VMs and as containers on one host: simulated, in seconds.
            # Check it with `tare check FILE`, see what it takes with `tare plan FILE`, run it with `tare run FILE`.
            tare: 1                      # version of this format
            name: quick
            question: What does the guest OS cost for ten small web services?
            host: { ec2: m6i.metal }     # a catalogue row, `this`, or numbers: { cores: 48, smt: 2, memory: 384GiB }
            platforms:
              vm:        { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }   # full, linked or shared-base
              container: { profile: engine, storage: overlay }
            services:
              - { name: web, replicas: $n, workload: flask, guest: debian-12-cloud, memory: 256MiB }
            sweep:
              n: [1, 10]                 # every value of every name makes a cell
            run:
              modes: [simulate]
              reps: { start: 10, memory: 10, disk: 1 }
              seed: 1                    # the same seed gives the same bytes

            """
    )

    static let claim = ScenarioTemplate(
        name: "claim",
        summary: "does the guest OS take 60% to 70% of the disk?",
        text: """
            # A claim about the world, made testable: a quantity, a band and a scope. `tare run FILE` prints the verdict.
            tare: 1
            name: os-share
            question: Does the guest OS take 60% to 70% of the disk, and a lot of memory?
            claims:
              - id: os-share-disk
                text: the guest OS alone takes 60% to 70% of the disk
                quantity: "share(os, disk.used, per=instance)"   # virtual, allocated and wire are judged beside it
                band: 60%..70%
              - id: os-share-memory
                text: a lot of memory goes to the guest OS
                quantity: "share(os, mem.pss)"
                at_least: 30%                                    # "a lot" made a number
            host: { ec2: m6i.metal }
            platforms:
              vm:        { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }
              container: { profile: engine, storage: overlay }
            services:
              - { name: web, replicas: $n, workload: $workload, guest: $os, memory: 512MiB, writes: 64MiB/h }
            sweep:
              n:        [1, 10]
              os:       [debian-12-minimal, debian-12-cloud]
              workload: [hello, nginx, flask, java]
            run:
              reps: { start: 10, memory: 10, disk: 1 }
              seed: 42

            """
    )

    static let density = ScenarioTemplate(
        name: "density",
        summary: "how disk and memory grow from 1 to 100 services",
        text: """
            # How the total grows with N: full copies of one OS disk, against layers that all containers share.
            tare: 1
            name: density
            question: How much disk and memory does each further service add?
            host: { ec2: m6i.metal }
            platforms:
              vm:        { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }   # try shared-base for the VM's best
              container: { profile: engine, storage: overlay }
            services:
              - { name: web, replicas: $n, workload: nginx, guest: $os, memory: 256MiB }
            sweep:
              n:  [1, 10, 50, 100]
              os: [debian-12-cloud, debian-12-minimal]
            run:
              reps: { start: 10, memory: 10, disk: 1 }
              seed: 2

            """
    )

    static let storm = ScenarioTemplate(
        name: "storm",
        summary: "all services are asked for in one instant",
        text: """
            # All services are asked for in the same instant, so that boots contend for cores and disk.
            tare: 1
            name: storm
            question: How long until the last of N services answers?
            host: { cores: 48, smt: 2, memory: 384GiB, disk: { size: 2TiB, bandwidth: 2GB/s, requests: 200000/s }, network: 25Gbit/s }
            platforms:
              vm:        { profile: microvm, disk: { volume: gp3 4GiB, clone: linked } }
              container: { profile: engine, storage: overlay }
            services:
              - { name: cache, replicas: $n, workload: redis, guest: debian-12-minimal, memory: 128MiB, ready: PING }
            sweep:
              n: [1, 10, 100, 1000]
            run:
              reps: { start: 10, memory: 10, disk: 1 }
              stop_when: { ci_half_width: 5%, of: median, max_reps: 50 }   # more replications until it is so precise
              seed: 3

            """
    )

    static let custom = ScenarioTemplate(
        name: "custom",
        summary: "a host, a guest OS and a workload by your own numbers",
        text: """
            # Everything by your own numbers: no catalogue row is used.
            tare: 1
            name: custom
            question: What would my guest and my image cost on my host?
            host: { cores: 16, smt: 2, memory: 64GiB, disk: { size: 1TiB, bandwidth: 1GB/s, requests: 100000/s }, network: 10Gbit/s }
            platforms:
              vm:        { profile: qemu-kvm, disk: { volume: gp3 10GiB, clone: full } }
              container: { profile: engine, storage: overlay }
            guests:
              mine: { os_disk: 1.5GiB, kernel: 12MiB, os_memory: 180MiB, boot: { kernel: { cpu: 350ms }, init: { cpu: 1.9s, width: 2, read: 87MiB, requests: 3400 } } }
            workloads:
              shop: { layers: [{ run: install runtime, size: 180MiB }, { copy: app, size: 20MiB }], payload: $app }
            services:
              - { name: shop, replicas: $n, workload: shop, guest: mine, memory: 1GiB, writes: 64MiB/h, ready: "GET /health" }
            sweep:
              n:   [1, 5, 20]
              app: { log: 20MiB..2GiB, steps: 4 }
            run:
              reps: { start: 10, memory: 10, disk: 1 }
              seed: 4

            """
    )
}
