package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimKeyTest {
    /** A number of this size that says it is a key, to nobody's use. */
    static PublicKey rsa(int bits) {
        BigInteger modulus =
                new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 2048, 4095, 4096})
    void usualSizesAreTaken(int bits) {
        assertThatCode(new DkimKey(Signer.record(rsa(bits), ""), false)::validate)
                .doesNotThrowAnyException();
    }

    @Test
    void revokedKeyIsNone() {
        assertThatIllegalStateException().isThrownBy(new DkimKey("v=DKIM1; p=", false)::validate);
    }
}
