namespace Resilience.Reports.Density;

/// <summary>At least <see cref="FormCrowds.Least"/> different origins who reported from one cell, published together. Nothing in it says who they are.</summary>
public sealed class Crowd
{
    /// <summary>Follows from cell and moment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The cell's level.</summary>
    public required int Level { get; init; }

    /// <summary>The cell's column.</summary>
    public required int X { get; init; }

    /// <summary>The cell's row.</summary>
    public required int Y { get; init; }

    /// <summary>From a drill or a recording.</summary>
    public required bool Exercise { get; init; }

    /// <summary>The full hour it was published at.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it leaves the window; from then on its origins may be counted again.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How many.</summary>
    public required int Origins { get; init; }

    /// <summary>How many say what, as a JSON object.</summary>
    public required string Parts { get; init; }

    /// <summary>Where.</summary>
    public GridCell Cell => new(Level, X, Y);
}

/// <summary>An origin that is in a crowd of the window, and so is not counted again before the crowd has left it. Which crowd is not kept.</summary>
public sealed class CountedOrigin
{
    /// <summary>As <see cref="Report.OriginId"/>.</summary>
    public required string OriginId { get; init; }

    /// <summary>When it may be counted again.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>The full hour up to which reports were counted; one row. Of two processes that count the same hour the second fails on it.</summary>
public sealed class DensityStep
{
    /// <summary>The hour.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A cell as the live layer shows it, or showed it: the sum of the window's crowds.</summary>
public sealed class ShownCell
{
    /// <summary>The feature's id.</summary>
    public required string Id { get; init; }

    /// <summary>The cell's level.</summary>
    public required int Level { get; init; }

    /// <summary>The cell's column.</summary>
    public required int X { get; init; }

    /// <summary>The cell's row.</summary>
    public required int Y { get; init; }

    /// <summary>From a drill or a recording.</summary>
    public required bool Exercise { get; init; }

    /// <summary>How many origins; 0 when the cell is no longer shown.</summary>
    public required int Origins { get; set; }

    /// <summary>How many say what, as a JSON object.</summary>
    public required string Parts { get; set; }

    /// <summary>When the oldest crowd of the window was published.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>When the newest crowd leaves the window.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>The layer's version at which it last changed.</summary>
    public required long LayerVersion { get; set; }
}
