import ArgumentParser
import Report

/// Refuses options of which two name the same file, however it is spelled: the last one written would be all there is.
/// None may name one of `inputs` either, which would be lost.
func checkFilesDiffer(_ files: [(option: String, path: String?)], inputs: [String] = []) throws {
    let inputs = Set(inputs.map { OutputFile.identity(of: $0) })
    var options: [String: String] = [:]
    for case (let option, let path?) in files {
        let file = OutputFile.identity(of: path)
        if inputs.contains(file) { throw ValidationError("\(option) names an input, \(path), which would be lost") }
        if let other = options.updateValue(option, forKey: file) {
            throw ValidationError("\(other) and \(option) name the same file, \(path)")
        }
    }
}
