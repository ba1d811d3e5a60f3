import ArgumentParser

/// `tare image`: images, layer by layer.
struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Bring, show, share and remove images.",
        discussion: """
            Examples:
              tare image load debian.tar
              tare image ls
              tare image history debian:12
              tare image pull 127.0.0.1:5000/shop/web:1
            """,
        subcommands: [
            ImageList.self, ImageInspect.self, ImageHistory.self, ImageLoad.self, ImageTag.self, ImageRemove.self,
            ImagePullCommand.self, ImagePushCommand.self, ImageLogin.self, ImageLogout.self,
        ]
    )
}
