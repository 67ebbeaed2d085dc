package dev.sealpost.standalone;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Makes the files of this process and its children the owner's alone; Java itself has no call for that. */
final class Umask {
    private static final int OWNER_ONLY = 0077;

    private Umask() {}

    /** False where the call is not to be had; the directories, which are 0700, protect the files then. */
    @SuppressWarnings("restricted")
    static boolean ownerOnly() {
        Linker linker = Linker.nativeLinker();
        // On both systems the C type mode_t fits an int argument.
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            var umask = linker.defaultLookup().find("umask");
            if (umask.isEmpty() || !Umask.class.getModule().isNativeAccessEnabled()) {
                return false;
            }
            int before = (int) linker.downcallHandle(umask.get(), type).invokeExact(OWNER_ONLY);
            return before >= 0;
        } catch (Throwable e) {
            return false;
        }
    }
}
