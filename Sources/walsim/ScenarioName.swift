import Foundation

/// The name of a scenario that is written to `path`: the file's, without `.json`.
func scenarioName(of path: String) -> String {
    let file = URL(fileURLWithPath: path).lastPathComponent
    let name = file.lowercased().hasSuffix(".json") && file.count > 5 ? String(file.dropLast(5)) : file
    return String(name.prefix(100))
}
