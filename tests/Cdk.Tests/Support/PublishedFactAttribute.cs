namespace Cdk.Tests.Support;

/// <summary>A test that looks at what <c>make publish</c> left; skipped where nothing is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishedFactAttribute : FactAttribute
{
    /// <summary>Looks for the sums, which are written last.</summary>
    public PublishedFactAttribute()
    {
        if (!File.Exists(Path.Combine(RepositoryRoot.Find(), "artifacts", "publish", "SHA256SUMS")))
        {
            Skip = "Nothing is published: make publish.";
        }
    }
}
