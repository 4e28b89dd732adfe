namespace Detection.Taxonomy;

/// <summary>Where a record comes from, or which records a rule sees. Values are compared without regard to case.</summary>
/// <param name="Category">For example <c>process_creation</c>; empty = not said.</param>
/// <param name="Product">For example <c>linux</c>; empty = not said.</param>
/// <param name="Service">For example <c>auditd</c>; empty = not said.</param>
public readonly record struct LogSource(string Category, string Product, string Service)
{
    /// <summary>True when a rule of this source sees records of <paramref name="record"/>: whatever is said here stands there, too.</summary>
    public bool Covers(LogSource record) =>
        Fits(Category, record.Category) && Fits(Product, record.Product) && Fits(Service, record.Service);

    private static bool Fits(string said, string given) => said.Length == 0 || string.Equals(said, given, StringComparison.OrdinalIgnoreCase);

    /// <summary>For messages, for example <c>linux/process_creation</c>.</summary>
    public override string ToString() => string.Join('/', ((string[])[Product, Category, Service]).Where(part => part.Length > 0));
}
