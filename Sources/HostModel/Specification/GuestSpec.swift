/// A virtual machine on a host: a kernel of its own on some of the host's cores.
public struct GuestSpec: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// The cores that its virtual CPUs run on, as an index into `HostSpec.coreSets`; nil: any.
    public var coreSet: Int?
    /// How much more every piece of work costs than without virtualisation, as a fraction.
    public var overhead: Double

    /// Everything spelled out.
    public init(name: String, coreSet: Int?, overhead: Double) {
        self.name = name
        self.coreSet = coreSet
        self.overhead = overhead
    }
}
