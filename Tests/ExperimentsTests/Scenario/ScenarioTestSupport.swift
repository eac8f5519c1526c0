@testable import Experiments

/// The smallest scenario.
let minimalScenario = #"{"clients": {"count": 8}}"#

/// Reads a scenario that is expected to be right, from a file in the directory `dir`.
func load(_ text: String, sets: [String] = [], files: [String: String] = [:]) throws -> Scenario {
    try loadScenario(text: text, file: "dir/test.json", sets: sets, files: .texts(files))
}

/// The lines of the error that reading a scenario ends with; empty if it ends well.
func mistakes(_ text: String, sets: [String] = [], files: [String: String] = [:]) -> [String] {
    do throws(InputError) {
        _ = try loadScenario(text: text, file: "dir/test.json", sets: sets, files: .texts(files))
        return []
    } catch {
        return error.lines
    }
}

/// The lines of the error for the smallest scenario with some values put into it.
func mistakes(sets: String...) -> [String] { mistakes(minimalScenario, sets: sets) }

/// The kind of error that reading ends with.
func errorKind(_ body: () throws(InputError) -> Scenario) -> InputError.Kind? {
    do throws(InputError) {
        _ = try body()
        return nil
    } catch {
        return error.kind
    }
}

extension FileAccess {
    /// Files that exist only in a test, by path.
    static func texts(_ texts: [String: String]) -> FileAccess {
        FileAccess(
            read: { texts[$0].map { Array($0.utf8) } },
            list: { directory in
                let prefix = directory == "." ? "" : directory.hasSuffix("/") ? directory : directory + "/"
                let inside = texts.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
                let names = Set(inside.compactMap { $0.split(separator: "/").first.map(String.init) })
                return names.isEmpty ? nil : names.sorted()
            })
    }
}

/// A small generator with a fixed sequence (SplitMix64, Steele et al. 2014).
struct FixedGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
