import ArgumentParser

/// Holds the simulator against a real PostgreSQL's measurements, and finds the machine parameters that fit them.
@main
struct Accuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walsim-accuracy",
        abstract: "Compare simulated rows with measured ones, or fit the machine's parameters to them.",
        subcommands: [CheckCommand.self, CalibrateCommand.self, CertificateCommand.self],
        defaultSubcommand: CheckCommand.self)
}
