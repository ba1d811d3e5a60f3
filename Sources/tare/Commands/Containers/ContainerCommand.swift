import ArgumentParser

/// `tare container`: real containers.
struct ContainerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "container",
        abstract: "Run and look after containers.",
        discussion: """
            Examples:
              tare container run -d --name web -p 127.0.0.1:8080:80 tare/nginx
              tare container ps
              tare container exec web ls /
              tare container logs -f web
              tare container rm -f web
            """,
        subcommands: [
            ContainerRun.self,
            ContainerCreate.self,
            ContainerStart.self,
            ContainerStop.self,
            ContainerRestart.self,
            ContainerKill.self,
            ContainerPause.self,
            ContainerUnpause.self,
            ContainerRemove.self,
            ContainerList.self,
            ContainerInspect.self,
            ContainerLogs.self,
            ContainerExec.self,
            ContainerAttach.self,
            ContainerWait.self,
            ContainerPort.self,
            ContainerRename.self,
            ContainerStats.self,
            ContainerTop.self,
            ContainerEvents.self,
            ContainerPrune.self,
            ContainerUpdate.self,
            ContainerHealth.self,
            ContainerEnded.self,
        ]
    )
}
