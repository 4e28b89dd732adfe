namespace Cdk.Tests.Support;

/// <summary>All stacks that tests look at: what holds always is asked of each.</summary>
public sealed class EveryStack : IDisposable
{
    /// <summary>A region of each partition.</summary>
    public static IReadOnlyList<string> Regions { get; } = ["us-east-1", "us-gov-west-1", "cn-north-1"];

    /// <summary>Names of the stacks, for the data of a theory.</summary>
    public static TheoryData<string> Names { get; } = [nameof(DefaultStack), nameof(VariantStack), nameof(FullStack), .. Regions];

    private readonly Dictionary<string, SynthesisedStack> _stacks = new(StringComparer.Ordinal)
    {
        [nameof(DefaultStack)] = new DefaultStack(),
        [nameof(VariantStack)] = new VariantStack(),
        [nameof(FullStack)] = new FullStack(),
    };

    /// <summary>Adds the regions.</summary>
    public EveryStack()
    {
        foreach (var region in Regions)
        {
            _stacks[region] = new RegionStack(region);
        }
    }

    /// <summary>The stack of that name.</summary>
    public SynthesisedStack this[string name] => _stacks[name];

    /// <inheritdoc />
    public void Dispose() => _stacks.Values.ToList().ForEach(stack => stack.Dispose());
}
