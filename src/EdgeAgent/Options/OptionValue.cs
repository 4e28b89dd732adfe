namespace EdgeAgent.Options;

/// <summary>A value as it was written, before it means anything.</summary>
/// <param name="Source">Where it was written.</param>
/// <param name="Key">Under which name.</param>
/// <param name="Items">One item, or the items of a list.</param>
/// <param name="Folder">Folder that relative paths refer to.</param>
internal sealed record OptionValue(string Source, string Key, IReadOnlyList<string> Items, string Folder);
