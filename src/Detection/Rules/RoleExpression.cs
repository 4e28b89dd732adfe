namespace Detection.Rules;

/// <summary>A boolean condition of <c>temporal</c> and <c>temporal_ordered</c> over which of the referenced rules occur. Immutable.</summary>
public abstract record RoleExpression
{
    private RoleExpression()
    {
    }

    /// <summary>True when a negation stands somewhere in it: then more events can make it false.</summary>
    public abstract bool HasNegation { get; }

    /// <summary>Its truth.</summary>
    /// <param name="occurs">Per referenced rule: whether it occurs.</param>
    public abstract bool Holds(ReadOnlySpan<bool> occurs);

    /// <summary>The referenced rule at an index of <see cref="CorrelationRule.Rules"/> occurs.</summary>
    public sealed record Occurs(int Role) : RoleExpression
    {
        /// <inheritdoc/>
        public override bool HasNegation => false;

        /// <inheritdoc/>
        public override bool Holds(ReadOnlySpan<bool> occurs) => occurs[Role];
    }

    /// <summary>Every part holds.</summary>
    public sealed record All(IReadOnlyList<RoleExpression> Parts) : RoleExpression
    {
        /// <inheritdoc/>
        public override bool HasNegation => Parts.Any(part => part.HasNegation);

        /// <inheritdoc/>
        public override bool Holds(ReadOnlySpan<bool> occurs)
        {
            foreach (var part in Parts)
            {
                if (!part.Holds(occurs))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>At least one part holds.</summary>
    public sealed record Any(IReadOnlyList<RoleExpression> Parts) : RoleExpression
    {
        /// <inheritdoc/>
        public override bool HasNegation => Parts.Any(part => part.HasNegation);

        /// <inheritdoc/>
        public override bool Holds(ReadOnlySpan<bool> occurs)
        {
            foreach (var part in Parts)
            {
                if (part.Holds(occurs))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The part does not hold.</summary>
    public sealed record Not(RoleExpression Part) : RoleExpression
    {
        /// <inheritdoc/>
        public override bool HasNegation => true;

        /// <inheritdoc/>
        public override bool Holds(ReadOnlySpan<bool> occurs) => !Part.Holds(occurs);
    }
}
