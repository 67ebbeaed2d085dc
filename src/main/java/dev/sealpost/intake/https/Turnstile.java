package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.time.Duration;
import jakarta.inject.Singleton;

import dev.sealpost.intake.Allowance;
import dev.sealpost.intake.Intake;
import dev.sealpost.intake.Verdict;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;

/** Hands a body to the intake when it is its source's turn, and charges the source. */
@Singleton
class Turnstile {
    /** How long a body of a source that is over its budget waits; with the intake's own patience no answer takes over 4 s. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** What unpacks to more than is allowed costs most to find out, and nobody sends it by mistake. */
    private static final int BOMB = 10;

    private final Intake intake;
    private final Budgets budgets;
    private final Lanes lanes = new Lanes(PATIENCE);

    Turnstile(Intake intake, Budgets budgets) {
        this.intake = intake;
        this.budgets = budgets;
    }

    /** Blocks like {@link Intake#accept}; trusted sources have no budget. */
    Verdict take(byte[] body, Origin origin) throws InterruptedException {
        if (origin.provenance() == Provenance.TRUSTED_SOURCE) {
            return intake.accept(body, origin, Allowance.WITHIN);
        }
        InetAddress source = InetAddress.ofLiteral(origin.source());
        Prefix exhausted = budgets.exhausted(source);
        budgets.chargeBytes(source, body.length);
        Verdict verdict =
                exhausted == null ? intake.accept(body, origin, Allowance.WITHIN) : takeInTurn(exhausted, body, origin);
        if (verdict instanceof Verdict.Refused refused) {
            budgets.chargeJunk(source, refused.tooLarge() ? BOMB : 1);
        }
        return verdict;
    }

    private Verdict takeInTurn(Prefix source, byte[] body, Origin origin) throws InterruptedException {
        try (Lanes.Turn turn = lanes.enter(source)) {
            return turn == null ? intake.turnAway(origin.channel()) : intake.accept(body, origin, Allowance.OVER);
        }
    }

    /** The answer to a body over the limit, known before it was read. */
    Verdict.Refused tooLarge(Origin origin) {
        if (origin.provenance() != Provenance.TRUSTED_SOURCE) {
            budgets.chargeJunk(InetAddress.ofLiteral(origin.source()), 1);
        }
        return intake.tooLarge(origin.channel());
    }

    /** Whole seconds until the source of a request has some of its budgets back. */
    long retrySeconds(Origin origin) {
        return budgets.retrySeconds(InetAddress.ofLiteral(origin.source()));
    }
}
