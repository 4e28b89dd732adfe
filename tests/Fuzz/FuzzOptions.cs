using System.Globalization;

namespace Fuzz;

/// <summary>What a run is asked for.</summary>
internal sealed record FuzzOptions
{
    /// <summary>How long all targets run together, seconds.</summary>
    public double Seconds { get; init; } = 300;

    /// <summary>Where all randomness comes from.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>Cases of each target at least; null = as many as the target asks for.</summary>
    public int? Cases { get; init; }

    /// <summary>The only target; null = all.</summary>
    public string? Target { get; init; }

    /// <summary>A file with one input for <see cref="Target"/>; null = make inputs.</summary>
    public string? Input { get; init; }

    /// <summary>The only case of <see cref="Target"/>, made from <see cref="Seed"/>; null = all.</summary>
    public int? Case { get; init; }

    /// <summary>Where inputs go that show a fault.</summary>
    public required string Folder { get; init; }

    /// <summary>Reads FUZZ_SECONDS, FUZZ_SEED, FUZZ_CASES and the command line, which wins.</summary>
    /// <exception cref="FormatException">An option is unknown, or its value cannot be read.</exception>
    public static FuzzOptions Read(string[] args, string folder)
    {
        var options = new FuzzOptions { Folder = folder };
        foreach (var (name, variable) in new[] { ("--seconds", "FUZZ_SECONDS"), ("--seed", "FUZZ_SEED"), ("--cases", "FUZZ_CASES") })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                options = options.With(name, value);
            }
        }

        for (var i = 0; i < args.Length; i += 2)
        {
            options = options.With(args[i], i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} needs a value"));
        }

        return (options.Input is null && options.Case is null) || options.Target is not null
            ? options
            : throw new FormatException("--input and --case need --target");
    }

    private FuzzOptions With(string name, string value) => name switch
    {
        "--seconds" => this with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--seed" => this with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
        "--cases" => this with { Cases = int.Parse(value, CultureInfo.InvariantCulture) },
        "--target" => this with { Target = value },
        "--input" => this with { Input = value },
        "--case" => this with { Case = int.Parse(value, CultureInfo.InvariantCulture) },
        _ => throw new FormatException($"unknown option {name}; known: --seconds --seed --cases --target --input --case"),
    };
}
