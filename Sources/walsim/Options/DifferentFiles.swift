import ArgumentParser
import Report

/// Refuses options of which two name the same file, however it is spelled: the last one written would be all there is.
func checkFilesDiffer(_ files: [(option: String, path: String?)]) throws {
    var options: [String: String] = [:]
    for case (let option, let path?) in files {
        if let other = options.updateValue(option, forKey: OutputFile.identity(of: path)) {
            throw ValidationError("\(other) and \(option) name the same file, \(path)")
        }
    }
}
