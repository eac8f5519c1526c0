import BundledScenarios

/// Where a scenario comes from, by the name that the user gave.
public struct ScenarioSource: Sendable {
    /// The name for messages: the path found, or the bundled scenario's name.
    public var name: String
    /// Its text.
    public var bytes: [UInt8]

    /// A scenario's text under a name.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// A scenario's text under a name.
    public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// Finds a scenario: a path; failing that, the same path compared without regard to case; failing that, the name
    /// of a bundled scenario with or without `scenarios/` and `.json`.
    ///
    /// Throws an `InputError` of kind `missing` if there is none.
    public static func find(_ name: String, files: FileAccess = .disk) throws(InputError) -> ScenarioSource {
        if let bytes = files.read(name) { return ScenarioSource(name: name, bytes: bytes) }
        if let path = pathIgnoringCase(name, files: files), let bytes = files.read(path) {
            return ScenarioSource(name: path, bytes: bytes)
        }
        let wanted = bundledName(name)
        if let scenario = BundledScenarios.all.first(where: { $0.name == wanted }) {
            return ScenarioSource(name: scenario.name, text: scenario.text)
        }
        // Of a path with a mistake in a folder's name the last part may well be right.
        let bundled = BundledScenarios.all.map(\.name)
        let base = wanted.split(separator: "/").last.map(String.init) ?? wanted
        let nearest = nearestName(to: base, among: bundled).map { "nearest: \"\($0)\"" }
        let what =
            files.list(name) == nil ? "cannot read such a file" : "this is a folder, expected a scenario's file"
        throw InputError(
            .missing, file: name, "\(what), and no bundled scenario has this name",
            notes: [nearest, "the bundled ones: walsim scenarios"])
    }

    private static func bundledName(_ name: String) -> String {
        var wanted = name.lowercased()
        if wanted.hasPrefix("./") { wanted.removeFirst(2) }
        if wanted.hasPrefix("scenarios/") { wanted.removeFirst(10) }
        if wanted.hasSuffix(".json") { wanted.removeLast(5) }
        return wanted
    }

    /// The first path, in order of names, whose parts are those of `path` but for case.
    private static func pathIgnoringCase(_ path: String, files: FileAccess) -> String? {
        var found = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            if part == "." { continue }
            if part == ".." {
                found += "../"
                continue
            }
            let names = files.list(found.isEmpty ? "." : found) ?? []
            let wanted = part.lowercased()
            guard let name = names.first(where: { $0 == part }) ?? names.first(where: { $0.lowercased() == wanted })
            else { return nil }
            found += name + "/"
        }
        return found.isEmpty ? nil : String(found.dropLast())
    }
}
