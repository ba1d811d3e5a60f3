/// The scenario behind the built-in claims: every workload on both guest systems, alone and side by side.
public enum ClaimScenario {
    /// The text that goes into the report, and that `tare run` takes as it is.
    public static let text = """
        tare: 1
        name: claim
        question: Does the guest OS take 60-70% of the disk and a lot of memory, and what does a container change?
        host: { ec2: m6i.metal }
        platforms:
          vm:        { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }
          container: { profile: engine, storage: overlay }
        guests:
          debian-12-minimal: { builtin: debian-12-minimal }
          debian-12-cloud:   { builtin: debian-12-cloud }
        services:
          - { name: web, replicas: $n, workload: $workload, guest: $os, memory: 512MiB, writes: 64MiB/h }
        sweep:
          n:        [1, 2, 5, 10, 20, 50]
          os:       [debian-12-minimal, debian-12-cloud]
          workload: [hello, nginx, redis, flask, node, java, postgres]
        run:
          modes: [simulate]
          reps: { start: 10, memory: 10, disk: 10 }
          seed: 42

        """
}
