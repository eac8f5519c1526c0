/// The form of a scenario that is hashed.
enum CanonicalScenario {
    /// Keys that say nothing about what is simulated.
    private static let ignoredKeys = ["$schema", "name", "description", "seed", "repeats", "observe", "thresholds"]

    /// `scenario_hash`: 64-bit FNV-1a, in 16 hexadecimal digits, of the completed tree's text with sorted keys.
    ///
    /// Built-in transactions are in it as they are spelled out, settings as the server obeys them, wherever they came
    /// from; a change of a default changes it.
    static func hash(_ completed: JSONNode) -> String {
        var tree = completed
        for key in ignoredKeys { tree[key] = nil }
        return FNV1a.digits(of: tree.canonicalText)
    }
}
