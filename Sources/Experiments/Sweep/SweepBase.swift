/// A scenario's text and the options that hold at every point of a sweep.
public struct SweepBase: Sendable {
    private let source: ScenarioSource
    private let overrides: ScenarioOverrides
    private let files: FileAccess

    /// Finds the scenario by the name that the user gave.
    public init(
        named name: String, _ overrides: ScenarioOverrides = ScenarioOverrides(), files: FileAccess = .disk
    ) throws(InputError) {
        self.init(try ScenarioSource.find(name, files: files), overrides, files: files)
    }

    /// The scenario of this text.
    public init(
        _ source: ScenarioSource, _ overrides: ScenarioOverrides = ScenarioOverrides(), files: FileAccess = .disk
    ) {
        self.source = source
        self.overrides = overrides
        self.files = files
    }

    /// The name of the scenario's source, for messages.
    public var name: String { source.name }

    /// The scenario with more values put into it, each `PATH=VALUE`.
    public func scenario(varied: [String] = []) throws(InputError) -> Scenario {
        var overrides = overrides
        overrides.varied += varied
        return try loadScenario(source, overrides, files: files)
    }

    /// The scenario's tree, checked and filled with defaults.
    func completedTree() throws(InputError) -> JSONNode {
        let completion = try completedScenario(source, overrides, files: files)
        guard completion.problems.isEmpty else {
            throw InputError(.content, file: source.name, completion.problems)
        }
        return completion.root
    }
}
