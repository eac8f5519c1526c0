/// A path's folder and its last component.
///
/// Our own, as Foundation's splitting of strings traps on names of one letter, and its URLs make every path absolute,
/// which is not what the user wrote.
struct SplitPath {
    /// The folder, `.` if the path names none.
    let folder: String
    /// What is behind the last slash; slashes at the end count for nothing.
    let name: String

    init(_ path: String) {
        var rest = path[...]
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/") else {
            (folder, name) = (".", String(rest))
            return
        }
        folder = slash == rest.startIndex ? "/" : String(rest[..<slash])
        name = String(rest[rest.index(after: slash)...])
    }
}
