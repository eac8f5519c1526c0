import Foundation

extension OutputFile {
    /// The path without links and detours: equal for all spellings of one file, whether it exists yet or not.
    public static func identity(of path: String) -> String {
        let parts = SplitPath(OutputPlace(path, suffix: "").path)
        return resolved(parts.folder) + "/" + parts.name
    }

    /// A folder's path as the operating system sees it; what does not exist yet has no links in it.
    private static func resolved(_ folder: String) -> String {
        if let real = realpath(folder, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        let parts = SplitPath(folder)
        switch parts.name {
        case "": return folder
        case ".": return parts.folder == "." ? folder : resolved(parts.folder)
        case "..": return SplitPath(resolved(parts.folder)).folder
        default: return resolved(parts.folder) + "/" + parts.name
        }
    }
}
